"""List each clinical rule with the code that names it and the tests that name it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programs.tracing import Trace, trace_rules


class Command(BaseCommand):
    """Rule id, code, tests; fails when a rule has neither both nor a reason for their absence."""

    help = "List each rule of S1-S34 and R1-R40 with its code and its tests; fails when one has none."

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--quiet`` prints the faults only."""
        parser.add_argument("--quiet", action="store_true", help="Print nothing but what is wrong.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list; raises CommandError with the faults."""
        traces = trace_rules(settings.BASE_DIR)
        if not options["quiet"]:
            for trace in traces:
                self.stdout.write(_words(trace))
        faults = [fault for trace in traces for fault in trace.faults]
        if faults:
            raise CommandError("\n".join(faults))
        traced = sum(1 for trace in traces if not trace.note)
        self.stdout.write(f"{traced} rules have code and tests; {len(traces) - traced} have a note that says why not.")


def _words(trace: Trace) -> str:
    lines = [trace.rule]
    lines += [f"    code  {place}" for place in trace.code]
    lines += [f"    test  {place}" for place in trace.tests]
    if trace.note:
        lines.append(f"    note  {trace.note}")
    return "\n".join(lines)
