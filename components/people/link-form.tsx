"use client";

import type { ReactNode, SubmitEvent } from "react";
import { useState } from "react";

import { problemWords } from "@/components/sign-in/problem";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { HealthMark } from "@/components/ui/health-mark";
import { useRoomMessages } from "@/components/ui/room-messages";
import { sendForm } from "@/lib/client/forms/send-form";

/** A form whose answer is a link, shown once. Without script the answer is the link as text. */
export function LinkForm({
  action,
  children,
  className = "",
}: {
  action: string;
  children: ReactNode;
  className?: string;
}) {
  const m = useRoomMessages();
  const [link, setLink] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const said = await sendForm(form);
    if ("problem" in said) {
      setProblem(problemWords(m, said.problem, said.wait));
      return;
    }
    setProblem(null);
    setLink(`${location.origin}${said.path}`);
  }

  return (
    <>
      <form method="post" action={action} onSubmit={(event) => void submit(event)} className={className}>
        {children}
      </form>
      {problem === null ? null : (
        <p role="alert" className="mt-2 flex items-baseline gap-2">
          <HealthMark level="failing" size={10} />
          <span className="min-w-0">{problem}</span>
        </p>
      )}
      <Dialog
        title={m.people.linkTitle}
        open={link !== null}
        onClose={() => {
          setLink(null);
          // Whoever was invited is in the list now.
          location.assign("/settings/people");
        }}
      >
        <div className="space-y-3 p-4">
          <p>{m.people.linkNote}</p>
          <p className="rounded-md bg-sunken px-2.5 py-1.5 font-mono wrap-anywhere">{link}</p>
          <CopyButton text={link ?? ""} />
        </div>
      </Dialog>
    </>
  );
}
