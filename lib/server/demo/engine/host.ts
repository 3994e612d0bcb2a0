/** The machine that the engine is on, and what it speaks. Bytes. */
export const host = { name: "workbench", cpus: 8, memory: 33_554_432_000, kernel: "6.12.48-amd64" };
export const api = { newest: "1.47", oldest: "1.24", version: "28.5.1" };
