import type { Messages } from "../en.ts";

export const table: Messages["table"] = {
  levels: {
    failing: "장애",
    warning: "경고",
    unknown: "알 수 없음",
    starting: "시작 중",
    done: "완료",
    ok: "정상",
  },
  total: ({ total }) => `${total}개`,
  totalOf: ({ total, all }) => `${all}개 중 ${total}개`,
  provisional: "읽는 중",
  provisionalLong: "아직 읽고 있는 소스가 있습니다. 끝날 때까지 개수와 순서가 바뀔 수 있습니다.",
  rowCount: ({ total, kind }) => `${kind} ${total}개`,

  facetOf: ({ column }) => `${column} 값으로 필터`,
  moreValues: ({ count }) => `외 ${count}개는 필터에 이름을 입력해 찾을 수 있습니다`,
  restOf: ({ count, column }) => `${column} 값 ${count}개 더 보기`,
  none: "없음",

  columns: "열",
  columnsReset: "기본 열로 되돌리기",
  rows: "행 높이",
  comfortable: "32 px",
  compact: "28 px",
  sortBy: "정렬 기준",
  sort: ({ column }) => `${column} 기준으로 정렬`,

  terminal: "터미널에서 같은 내용 보기",
  terminalLeft: ({ terms }) => `kubectl로 표현할 수 없는 조건: ${terms}`,
  terminalSort: "kubectl의 정렬은 다르므로 기본 순서로 표시됩니다.",
  terminalDerived: "kubectl은 컨테이너를 파드 단위로만 보여 줍니다.",

  loading: ({ kind }) => `${kind} 읽는 중`,
  moreRows: "읽는 중",

  nothingTitle: ({ kind }) => `${kind} 없음`,
  nothingBody: ({ sources }) => `${sources}에서 응답했지만, 볼 수 있는 항목이 없습니다.`,
  noMatchTitle: ({ kind }) => `이 필터에 맞는 항목이 없습니다: ${kind}`,
  noMatchBody: ({ all }) => `필터를 지우면 ${all}개가 있습니다.`,
  clearFilter: "필터 지우기",
  forbiddenTitle: ({ kind }) => `목록을 볼 권한이 없습니다: ${kind}`,
  forbiddenBody: ({ sources }) =>
    `${sources}에서 list와 watch 권한이 필요합니다. 접근 권한을 관리하는 사람이 Role 또는 ClusterRole로 부여할 수 있습니다.`,
  downTitle: ({ sources }) => `${sources} 읽기 실패`,
  downBody: "계속 다시 시도하며, 데이터를 받는 즉시 표시합니다.",
  noSourceTitle: "읽을 소스가 없습니다",
  noSourceBody: "클러스터를 찾지 못했습니다. 개요 페이지에 무엇을 찾아보았는지와 연결 방법이 있습니다.",
  badFilterTitle: "필터를 이해할 수 없습니다",
  badFilterBody: "어느 부분이 문제인지, 어떻게 고치면 되는지는 위의 필터 상자에 표시됩니다.",

  stale: ({ source, age }) => `${source}: 갱신이 멈췄습니다. ${age} 전의 내용입니다.`,
  down: ({ source, age }) => `${source}: ${age} 동안 응답이 없습니다.`,
  forbidden: ({ source }) => `${source}: 볼 권한이 없습니다.`,
  lost: ({ age }) => `Stowage와의 연결이 끊어졌습니다. ${age} 전의 내용이며, 자동으로 다시 연결합니다.`,
  someNamespaces: ({ source, count }) => `${source}: 네임스페이스 ${count}개를 볼 수 있습니다.`,
};
