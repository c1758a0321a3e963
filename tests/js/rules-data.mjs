// The page's data block "rules", from the same files as the server's.

import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(`../../programs/rules/data/${name}.json`, import.meta.url)));

export const rulesData = { ...read("tables"), screen: read("screen") };
