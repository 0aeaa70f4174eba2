import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{c as a}from"./chunk-54YK24IE.mjs";import"./chunk-BQ26HASJ.mjs";export{a as explainFailure};
