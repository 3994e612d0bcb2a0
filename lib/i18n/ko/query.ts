import type { Messages } from "../en.ts";

const not = (negated: boolean, text: string) => (negated ? `${text}이(가) 아님` : text);

export const query: Messages["query"] = {
  label: "필터",
  placeholder: "필터: 단어, status:Running, cpu>500m, age<1h …",
  clear: "필터 지우기",
  understood: "이렇게 이해했습니다",
  everything: "전체: 필터가 없습니다.",
  matchesNothing: "필터에 이해하지 못한 부분이 있어 아무것도 표시하지 않습니다.",
  fix: ({ suggestion }) => `${suggestion} 을(를) 뜻하셨나요?`,
  keys: "키",
  values: "값",
  help: "필터 작성법",
  not: "제외",
  or: "또는",

  problems: {
    "too-long": ({ limit }) => `필터는 최대 ${limit}자까지 쓸 수 있습니다.`,
    "too-many-terms": ({ limit }) => `필터에는 조건을 최대 ${limit}개까지 쓸 수 있습니다.`,
    "too-many-values": ({ key, limit }) => `“${key}”에는 값을 최대 ${limit}개까지 쓸 수 있습니다.`,
    "unclosed-quote": ({ text }) => `${text} 의 따옴표가 닫히지 않아 끝까지 읽었습니다.`,
    "boolean-word": ({ text }) =>
      `“${text}”은(는) 일반 단어로 찾습니다. 모든 조건이 함께 맞아야 합니다. 여러 값 중 하나는 key:a,b, 제외는 조건 앞에 - 를 씁니다.`,
    "stray-value": ({ key }) => `“${key}:” 뒤에 공백이 있으면 ${key} 값이 없는 것을 찾습니다.`,
    "unknown-key": ({ key }) => `여기에는 필터로 쓸 “${key}” 키가 없습니다.`,
    "not-in-filter": ({ key }) => `“${key}”은(는) 필터에 쓰지 않습니다. 소스, 정렬, 열은 필터 옆에서 고릅니다.`,
    "missing-value": ({ key }) => `“${key}”과(와) 비교할 값이 없습니다.`,
    "one-value-only": ({ key }) => `“${key}”은(는) 값 하나와만 비교할 수 있습니다.`,
    "no-order": ({ key }) => `“${key}”에는 크기 순서가 없습니다. < 와 > 는 숫자, CPU, 바이트, 시간에 씁니다.`,
    "bad-number": ({ key, text }) => `${text} 은(는) 숫자가 아닙니다. “${key}”은(는) 5 같은 숫자와 비교합니다.`,
    "bad-cpu": ({ key, text }) => `${text} 은(는) CPU 양이 아닙니다. “${key}”은(는) 500m 또는 1.5처럼 씁니다.`,
    "bad-bytes": ({ key, text }) => `${text} 은(는) 바이트 양이 아닙니다. “${key}”은(는) 512Mi 또는 2G처럼 씁니다.`,
    "bad-time": ({ key, text }) =>
      `${text} 은(는) 시간이 아닙니다. “${key}”은(는) 90s, 2d12h, 2026-11-24, 2026-11-24T12:04Z처럼 씁니다.`,
    "unknown-health": ({ text }) =>
      `${text} 은(는) 헬스 상태가 아닙니다. failing, warning, unknown, starting, done, ok 중에서 씁니다.`,
  },

  relations: {
    contains: ({ values, negated }) => `“${values}” ${negated ? "포함 안 함" : "포함"}`,
    is: ({ key, values, negated }) => `${key}: ${not(negated, values)}`,
    has: ({ key, values, negated }) => `${key}에 ${values} ${negated ? "없음" : "있음"}`,
    empty: ({ key, negated }) => `${key} 값 ${negated ? "있음" : "없음"}`,
    set: ({ key, negated }) => `${key} 값 ${negated ? "없음" : "있음"}`,
    more: ({ key, values, negated }) => `${key}: ${not(negated, `${values} 초과`)}`,
    "at-least": ({ key, values, negated }) => `${key}: ${not(negated, `${values} 이상`)}`,
    less: ({ key, values, negated }) => `${key}: ${not(negated, `${values} 미만`)}`,
    "at-most": ({ key, values, negated }) => `${key}: ${not(negated, `${values} 이하`)}`,
    older: ({ key, values, negated }) => `${key}: ${not(negated, `${values} 전보다 이전`)}`,
    "at-least-old": ({ key, values, negated }) => `${key}: ${not(negated, `${values} 전 또는 그 이전`)}`,
    younger: ({ key, values, negated }) => `${key}: ${not(negated, `최근 ${values} 이내`)}`,
    "at-most-old": ({ key, values, negated }) => `${key}: ${not(negated, `${values} 전 또는 그 이후`)}`,
    after: ({ key, values, negated }) => `${key}: ${not(negated, `${values} 뒤`)}`,
    since: ({ key, values, negated }) => `${key}: ${not(negated, `${values}부터`)}`,
    before: ({ key, values, negated }) => `${key}: ${not(negated, `${values} 앞`)}`,
    until: ({ key, values, negated }) => `${key}: ${not(negated, `${values}까지`)}`,
  },
};
