import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { WireError } from "@/lib/protocol/error";

/** An error in our words, then in those of whoever told it. */
export function ErrorWords({ error }: { error: WireError }) {
  const m = useMessages();
  return (
    <p role="alert" className="text-failing">
      {error.code === "audit-failed" ? m.actions.auditFailed : m.errors[error.code]}
      {error.detail ? (
        <>
          {" "}
          <ClusterText text={error.detail} className="whitespace-pre-wrap wrap-anywhere" />
        </>
      ) : null}
    </p>
  );
}
