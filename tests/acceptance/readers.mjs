// Prints what two programs of npm make of entries: `rss-parser ADDRESS` its items, `readability` the texts on stdin, a
// JSON list of HTML, as a browser's reading mode shows them.
import {readFileSync} from "node:fs";
import {Readability} from "@mozilla/readability";
import {parseHTML} from "linkedom";
import Parser from "rss-parser";

const readable = (html) => new Readability(parseHTML(`<html><body>${html}</body></html>`).document).parse()?.content ?? "";
const [what, address] = process.argv.slice(2);
const answer = what === "rss-parser"
  ? (await new Parser().parseURL(address)).items
  : JSON.parse(readFileSync(0, "utf8")).map(readable);
console.log(JSON.stringify(answer));
