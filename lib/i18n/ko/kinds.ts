import type { Messages } from "../en.ts";

export const kinds: Messages["kinds"] = {
  nodes: { one: "노드", many: "노드", about: "파드를 실행하는 물리 또는 가상 머신입니다." },
  pods: {
    one: "파드",
    many: "파드",
    about:
      "쿠버네티스가 실행하는 가장 작은 단위입니다. 하나의 노드에서 주소를 공유하는 하나 이상의 컨테이너로 이루어집니다.",
  },
  containers: {
    one: "컨테이너",
    many: "컨테이너",
    about: "이미지에서 시작되어 노드의 나머지 부분과 격리된 프로세스입니다.",
  },
  namespaces: {
    one: "네임스페이스",
    many: "네임스페이스",
    about: "이름, 권한, 쿼터를 따로 갖는 클러스터의 한 구역입니다.",
  },
  events: {
    one: "이벤트",
    many: "이벤트",
    about: "클러스터 컴포넌트가 오브젝트에 대해 남긴 기록입니다. API 서버는 기본적으로 한 시간 뒤에 이벤트를 지웁니다.",
  },
  "deployments.apps": {
    one: "디플로이먼트",
    many: "디플로이먼트",
    about: "동일한 파드를 정해진 수만큼 유지하고, 템플릿이 바뀌면 단계적으로 교체합니다.",
  },
  "replicasets.apps": {
    one: "레플리카셋",
    many: "레플리카셋",
    about: "동일한 파드를 정해진 수만큼 유지합니다. 보통 디플로이먼트의 한 리비전에 해당합니다.",
  },
};
