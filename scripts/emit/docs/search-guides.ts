import type { Topic } from "../../../templates/docs/script/search-data.js";
import type { Brand, RetCode } from "../../model/api-model.js";

/** What the search finds besides actions and RetCodes. */
export function searchGuides({ retCodes }: Pick<Brand, "retCodes">): Topic[] {
  const error = (retry: RetCode["retry"]): string => {
    const found = retCodes.find((retCode) => retCode.retry === retry);
    return found === undefined ? "errors.html" : `errors.html#${found.code}`;
  };
  const guide = (name: string, chineseName: string, words: string, href: string): Topic => {
    return { kind: "guide", name, chineseName, summary: "", product: "", href, words };
  };
  return [
    guide(
      "First call",
      "第一次调用",
      "start install quick quickstart sdk client npm 开始 快速 入门 安装",
      "index.html",
    ),
    guide(
      "Signing a request",
      "请求签名",
      "sign signature sha1 public private key publickey privatekey 签名 算法 公钥 私钥 密钥",
      "signing.html",
    ),
    guide(
      "Errors and RetCodes",
      "错误与 RetCode",
      "retcode code message failure troubleshooting 错误码 返回码 报错 失败 排查",
      "errors.html",
    ),
    guide("Retries", "重试", "retry again timeout idempotent backoff 超时 幂等 退避", error("idempotent")),
    guide(
      "Rate limit",
      "限流",
      "throttle throttled throttling qps too many requests 频率 限制 限速 流控",
      error("throttle"),
    ),
    guide("Paging", "分页", "page limit offset totalcount next iterate 翻页 列表", "index.html"),
    guide(
      "Region, zone and project",
      "地域、可用区与项目",
      "region zone projectid common public parameters az 公共参数",
      "index.html",
    ),
    guide("Base64 parameters", "Base64 参数", "encode encoding userdata password 编码", "signing.html"),
    guide(
      "Arrays and objects in a query",
      "数组与对象参数",
      "array index list nested json 数组 嵌套 下标",
      "signing.html",
    ),
    guide(
      "Temporary credentials",
      "临时凭证",
      "sts security token securitytoken 令牌 凭证 token",
      "signing.html",
    ),
    guide(
      "Changelog",
      "变更记录",
      "changes 更新日志 release history breaking deprecated 变更 历史 版本",
      "changelog.html",
    ),
  ];
}
