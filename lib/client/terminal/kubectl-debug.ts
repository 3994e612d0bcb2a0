import { shellCommand } from "../../shared/shell-quote.ts";

/** kubectl's way into a container without a shell: another one beside it that has one and sees its processes. */
export function kubectlDebug(context: string | null, namespace: string, pod: string, container: string): string {
  const where = context === null ? [] : ["--context", context];
  return shellCommand([
    "kubectl",
    ...where,
    "-n",
    namespace,
    "debug",
    "-it",
    pod,
    "--image=busybox",
    `--target=${container}`,
    "--",
    "sh",
  ]);
}
