import type { Messages } from "../en.ts";

export const errors: Messages["errors"] = {
  "bad-request": "요청을 이해할 수 없습니다.",
  "bad-query": "필터를 이해할 수 없습니다.",
  "signed-out": "로그아웃되었습니다. 계속하려면 로그인하세요.",
  forbidden: "현재 권한으로는 볼 수 없습니다.",
  "not-found": "해당 오브젝트가 없습니다(삭제되었을 수 있습니다).",
  "unknown-kind": "Stowage가 모르는 종류입니다.",
  "unknown-source": "이 이름의 소스가 없습니다. 위에서 선택하세요.",
  "source-unreachable": "소스가 응답하지 않습니다. 계속 다시 시도합니다.",
  "source-refused": "소스가 요청을 거부했습니다.",
  "registry-login": "레지스트리가 로그인을 요구하며, Stowage가 제시할 수 있는 자격 증명으로는 부족합니다.",
  "too-many": "동시에 너무 많습니다. 탭이나 화면을 닫고 다시 시도하세요.",
  "too-large": "Stowage가 표시할 수 있는 크기를 넘습니다.",
  gone: "더 이상 존재하지 않습니다.",
  busy: "소스가 바쁩니다. 자동으로 다시 시도합니다.",
  conflict: "그사이 다른 사람이 변경했습니다. 현재 상태를 확인한 뒤 다시 시도하세요.",
  invalid: "소스가 올바르지 않은 내용이라고 답했습니다. 아무것도 변경되지 않았습니다.",
  "database-failed":
    "Stowage의 데이터베이스가 응답하지 않습니다. 아무것도 변경되지 않았으며, 원인은 서버 로그에 있습니다.",
  "audit-failed": "감사 로그에 기록할 수 없어 실행하지 않았습니다. 디스크가 가득 찼는지 확인하세요.",
  "no-shell": "이 컨테이너에는 셸(bash, ash, sh)이 없습니다.",
  limited: "실패한 시도가 너무 많습니다. 15분 뒤에 다시 시도하세요.",
  "https-needed": "이 주소로는 안전하게 로그인할 수 없습니다. 전송 중에 내용이 노출될 수 있으니 HTTPS를 사용하세요.",
  "wrong-password": "로그인 이름 또는 비밀번호가 올바르지 않습니다.",
  "weak-password": "다른 비밀번호를 선택하세요. 12자 이상 256자 이하여야 하며 로그인 이름과 달라야 합니다.",
  "login-taken": "이미 사용 중인 로그인 이름입니다.",
  "token-unknown":
    "이 토큰을 아는 클러스터가 없습니다. 만료되었거나, Stowage가 감시하지 않는 클러스터의 토큰일 수 있습니다.",
  "link-spent": "더 이상 쓸 수 없는 링크입니다. 링크는 24시간 안에 한 번만 쓸 수 있습니다. 새 링크를 요청하세요.",
  "last-admin": "마지막 관리자입니다. 먼저 다른 사람을 관리자로 지정하세요.",
  internal: "Stowage에 문제가 생겼습니다. 서버 로그를 확인하세요.",
};
