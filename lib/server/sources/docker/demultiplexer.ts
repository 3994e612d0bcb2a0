import { StowageError } from "../../error.ts";

export type StreamName = "stdin" | "stdout" | "stderr";

const names: readonly StreamName[] = ["stdin", "stdout", "stderr"];
const headerBytes = 8;
/** The most that one frame may declare: dockerd writes at most 32 KiB at a time, a larger one is no frame of a log. */
const maxFrameBytes = 16 * 1024 * 1024;

/**
 * Takes apart what an engine sends of a container without a terminal: a header of eight bytes (stream, three zeros, length) and so
 * many bytes, again and again. Bytes are handed on as they come and never gathered, so a frame costs no memory, whatever it declares.
 * Throws `source-refused` for a header that is none.
 */
export class Demultiplexer {
  private readonly onBytes: (stream: StreamName, bytes: Buffer) => void;
  private readonly header = Buffer.alloc(headerBytes);
  private headerFilled = 0;
  private left = 0;
  private stream: StreamName = "stdout";

  constructor(onBytes: (stream: StreamName, bytes: Buffer) => void) {
    this.onBytes = onBytes;
  }

  /** Whether the bytes so far end between two frames; a connection that ends elsewhere was cut. */
  get whole(): boolean {
    return this.left === 0 && this.headerFilled === 0;
  }

  push(chunk: Buffer): void {
    let place = 0;
    while (place < chunk.length) {
      if (this.left > 0) {
        const end = Math.min(place + this.left, chunk.length);
        this.left -= end - place;
        this.onBytes(this.stream, chunk.subarray(place, end));
        place = end;
        continue;
      }
      const taken = chunk.copy(this.header, this.headerFilled, place, place + headerBytes - this.headerFilled);
      this.headerFilled += taken;
      place += taken;
      if (this.headerFilled === headerBytes) this.begin();
    }
  }

  private begin(): void {
    this.headerFilled = 0;
    const stream = names[this.header[0] ?? 255];
    const length = this.header.readUInt32BE(4);
    if (stream === undefined || this.header.readUIntBE(1, 3) !== 0)
      throw new StowageError("source-refused", "the engine sent something that is no frame of a log");
    if (length > maxFrameBytes)
      throw new StowageError("source-refused", `the engine declared a frame of ${length} bytes`);
    this.stream = stream;
    this.left = length;
  }
}
