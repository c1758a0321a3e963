"""The tests of Stenosis PT; they mirror the code."""
