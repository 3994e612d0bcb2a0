import { CopyButton } from "@/components/ui/copy-button";
import { useMessages } from "@/components/ui/messages";

/** The same by kubectl, to copy. Everything in it is quoted for a shell already. */
export function CommandBox({ lines }: { lines: readonly string[] }) {
  const m = useMessages();
  const text = lines.filter((line) => line !== "").join("\n");
  if (text === "") return null;
  return (
    <section className="space-y-1">
      <h3 className="text-sm text-muted">{m.actions.command}</h3>
      <div className="flex items-start gap-2">
        <pre className="max-h-32 min-w-0 flex-1 overflow-auto rounded-md bg-sunken px-2 py-1 whitespace-pre-wrap wrap-anywhere">
          <bdi>{text}</bdi>
        </pre>
        <CopyButton text={text} />
      </div>
    </section>
  );
}
