import { betweenFiles } from "./table.ts";

// Vitest's set-up of every file: the tables of the file before are no longer used.
betweenFiles();
