// Answers a file of cases as the browser would: node rules-parity.mjs cases.json > answers.json

import { readFileSync } from "node:fs";

import { DecisionError, makeRules, screenIds } from "../../static/js/player/rules.js";

const { data, tables, screens } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rules = makeRules(data);

function decided({ table, given }) {
  try {
    return rules.decide(table, given);
  } catch (error) {
    if (error instanceof DecisionError) return "refused";
    throw error;
  }
}

function judged({ answers, known, scope }) {
  return { ...rules.judge(answers, known), asked: screenIds(data.screen, scope, answers, known) };
}

process.stdout.write(JSON.stringify({ tables: tables.map(decided), screens: screens.map(judged) }));
