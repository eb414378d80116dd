// Decap's own service for files and git, behind a word that only the program that started it knows: whoever can reach
// the port, such as a page in a browser, can't use it without. It ends when its standard input does.
//
// OMI_WORD: the word. MODE: fs or git. GIT_REPO_DIRECTORY: the project. It says its port on standard output.

import { timingSafeEqual } from "node:crypto";
import express from "express";
import middlewares from "decap-server/dist/middlewares.js";

const word = Buffer.from(process.env.OMI_WORD ?? "");
const app = express();

app.use((request, response, next) => {
  const given = Buffer.from(request.get("x-omi-word") ?? "");
  if (word.length && given.length === word.length && timingSafeEqual(given, word)) next();
  else response.sendStatus(403);
});

const register = process.env.MODE === "git" ? middlewares.registerLocalGit : middlewares.registerLocalFs;
await register(app, { logLevel: "error" });

const server = app.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
