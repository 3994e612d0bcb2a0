import type { Resource } from "./resources.ts";

/** One thing that is wrong with an object, and where. `reason` is the API's: FieldValueInvalid, FieldValueRequired … */
export type Cause = { reason: string; message: string; field: string };

type Details = {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: Partial<Cause>[];
  retryAfterSeconds?: number;
};

/** A request that is refused, with the Status that an API server answers it with. */
export class ApiFault extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Details | undefined;

  constructor(code: number, reason: string, message: string, details?: Details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  get status(): object {
    const { code, reason, message, details } = this;
    const told = details ? { details } : {};
    const why = reason === "" ? {} : { reason };
    return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, ...why, ...told, code };
  }
}

/** `deployments.apps`, as messages name a resource. */
export function qualified({ resource, group }: Resource): string {
  return group === "" ? resource : `${resource}.${group}`;
}

function detailsOf({ resource, group }: Resource, name: string): Details {
  return { name, ...(group === "" ? {} : { group }), kind: resource };
}

export function notFound(resource: Resource, name: string): ApiFault {
  return new ApiFault(404, "NotFound", `${qualified(resource)} "${name}" not found`, detailsOf(resource, name));
}

export function nowhere(): ApiFault {
  return new ApiFault(404, "NotFound", "the server could not find the requested resource", {});
}

export function alreadyExists(resource: Resource, name: string): ApiFault {
  const message = `${qualified(resource)} "${name}" already exists`;
  return new ApiFault(409, "AlreadyExists", message, detailsOf(resource, name));
}

export function conflict(resource: Resource, name: string, why?: string): ApiFault {
  const cause = why ?? "the object has been modified; please apply your changes to the latest version and try again";
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${cause}`;
  return new ApiFault(409, "Conflict", message, detailsOf(resource, name));
}

/** What is wrong with an object, all at once. */
export function invalid(
  { kind, group }: Pick<Resource, "kind" | "group">,
  name: string,
  causes: readonly Cause[],
): ApiFault {
  const told = causes.map(({ field, message }) => `${field}: ${message}`);
  const list = told.length === 1 ? told[0] : `[${told.join(", ")}]`;
  const message = `${group === "" ? kind : `${kind}.${group}`} "${name}" is invalid: ${list}`;
  const about = Object.entries({ name, group, kind }).filter(([, value]) => value !== "");
  const details = { ...Object.fromEntries(about), causes: [...causes] };
  return new ApiFault(422, "Invalid", message, details);
}

export function badRequest(message: string): ApiFault {
  return new ApiFault(400, "BadRequest", message);
}

export function notAllowed(): ApiFault {
  const message = "the server does not allow this method on the requested resource";
  return new ApiFault(405, "MethodNotAllowed", message, {});
}

export function tooLarge(limit: number): ApiFault {
  return new ApiFault(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`);
}

export function unknownMedia(accepted: readonly string[]): ApiFault {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return new ApiFault(415, "UnsupportedMediaType", message);
}
