"use client";

import { useMessages } from "@/components/ui/messages";
import type { RoleName } from "@/lib/protocol/account";

const roles: readonly RoleName[] = ["viewer", "operator", "admin"];

export function RoleSelect({ value, label, id }: { value: RoleName; label?: string; id?: string }) {
  const m = useMessages();
  return (
    <select
      id={id}
      name="role"
      defaultValue={value}
      aria-label={label}
      className="h-8 rounded-md border border-control bg-surface px-2"
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {m.account.roles[role]}
        </option>
      ))}
    </select>
  );
}
