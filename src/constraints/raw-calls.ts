/** What people call raw, and the calls that are it in the common languages (extended regular expressions that git and we both read). */
const kinds: readonly { name: string; words: RegExp; calls: string }[] = [
  {
    name: "file writes",
    words:
      /\bfile writes?\b|\b(?:direct|raw) writes?\b|^(?:\w+ )?writes?$|\bwrites? to (?:disk|files?)\b/,
    calls:
      "open\\([^)]*['\"](w|a|x|wb|ab|w\\+|a\\+|r\\+)['\"]|json\\.dump\\(|\\.write_(text|bytes)\\(|writeFile(Sync)?\\(|appendFile(Sync)?\\(|createWriteStream\\(|os\\.WriteFile\\(|ioutil\\.WriteFile\\(|fs::write\\(|File::create\\(|Files\\.write(String)?\\(|new FileWriter\\(|File\\.write\\(|file_put_contents\\(|File\\.WriteAll[A-Za-z]*\\(",
  },
  {
    name: "HTTP calls",
    words: /\bhttp\b|\bnetwork\b|\bfetch(?:es)?\b|\b(?:api|outgoing) (?:calls?|requests?)\b/,
    calls:
      "(^|[^A-Za-z0-9_.])fetch\\(|axios(\\.[a-z]+)?\\(|requests\\.(get|post|put|patch|delete|request)\\(|urlopen\\(|httpx\\.[a-z]+\\(|http\\.(Get|Post|NewRequest|request|get)\\(|new XMLHttpRequest|reqwest::|Net::HTTP|curl_init\\(|new HttpClient\\(",
  },
  {
    name: "SQL",
    words: /\bsql\b|\bqueries\b|\bdatabase (?:access|calls?|queries)\b/,
    calls:
      "(execute|query|Query|Exec|QueryRow|raw|prepare)\\([^)]*['\"`] *(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP) ",
  },
  {
    name: "output to the console",
    words: /\bconsole\b|\blog(?:s|ging)?\b|\bprint(?:s|ing)?\b|\boutput\b/,
    calls:
      "console\\.(log|error|warn|info|debug)\\(|(^|[^A-Za-z0-9_.])print\\(|fmt\\.Print(ln|f)?\\(|System\\.(out|err)\\.print|e?println!\\(|(^|[^A-Za-z0-9_.])puts |Console\\.Write(Line)?\\(",
  },
  {
    name: "reads of the environment",
    words: /\benvironment\b|\bconfiguration reads?\b|\bsettings\b/,
    calls:
      "process\\.env|os\\.environ|os\\.getenv\\(|os\\.Getenv\\(|env::var\\(|System\\.getenv\\(|ENV\\[|getenv\\(",
  },
  {
    name: "subprocesses",
    words: /\bsub-?process(?:es)?\b|\bshell commands?\b|\bprocess(?:es)?\b/,
    calls:
      "child_process|execSync\\(|spawn(Sync)?\\(|subprocess\\.[a-zA-Z_]+\\(|os\\.system\\(|exec\\.Command\\(|Command::new\\(|Runtime\\.getRuntime\\(\\)\\.exec|Process\\.Start\\(",
  },
];

/** The kind of call that words mean (`raw file writes`); null where they mean none that is known. */
export const findRawCalls = (words: string): string | null =>
  kinds.find((kind) => kind.words.test(words.trim()))?.name ?? null;

/** How such calls look, as an extended regular expression. */
export const callsOf = (name: string): string =>
  kinds.find((kind) => kind.name === name)?.calls ?? "";
