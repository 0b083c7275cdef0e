import fc from "fast-check";
import { expect, test } from "vitest";
import { searchTable } from "../../../scripts/emit/docs/search-table.js";
import type { ProductSummary } from "../../../scripts/model/api-model.js";
import { createSearch } from "../../../templates/docs/script/search.js";
import { highlight } from "../../../templates/docs/script/search-text.js";
import { searchBrand, searchVendor } from "../../support/search-vendor.js";

/** A search over the table that is generated for products. */
function searchOf(products: readonly ProductSummary[]) {
  const set: { actiongenSearch?: Parameters<typeof createSearch>[0] } = {};
  new Function("globalThis", searchTable(searchBrand, products))(set);
  if (set.actiongenSearch === undefined) throw new Error("the script sets no table");
  return createSearch(set.actiongenSearch);
}

const search = searchOf(searchVendor);

/** Names of the first results. */
function firstFive(query: string): string[] {
  return search(query)
    .slice(0, 5)
    .map(({ entry }) => entry.name);
}

/** Queries, and results of which one must be among the first five. */
const queries: readonly (readonly [query: string, wanted: RegExp])[] = [
  // Names, whole and in part.
  ["DescribeUMemBackupURL", /^DescribeUMemBackupURL$/],
  ["umem backup url", /^DescribeUMemBackupURL$/],
  ["describeumemb", /^DescribeUMemB/],
  ["umembackupurl", /^DescribeUMemBackupURL$/],
  ["describe_umem_backup_url", /^DescribeUMemBackupURL$/],
  ["DUMBU", /^DescribeUMemBackupURL$/],
  ["getprojectlist", /^GetProjectList$/],
  ["bind eip", /^BindEIP$/],
  ["eip bind", /^BindEIP$/],
  ["udisk snapshot", /^(Create|Describe|Delete)UDiskSnapshot$/],
  ["attach disk", /^AttachUDisk$/],
  ["vpc create sub", /^CreateSubnet$/],
  ["create uhost", /^CreateUHostInstance$/],
  ["natgw", /^(Create|Describe)NATGW$/],
  ["udb backup url", /^GetUDBBackupURL$/],
  // English words for something else.
  ["list uhost", /^DescribeUHostInstance$/],
  ["buy eip", /^AllocateEIP$/],
  ["remove subnet", /^DeleteSubnet$/],
  ["reset password", /^ResetUHostPassword$/],
  ["load balancer", /(LoadBalancers?|ULB)$/],
  ["delete load balancer", /^Delete(LoadBalancer|ULB)$/],
  ["elastic ip price", /^GetEIPPrice$/],
  ["rename disk", /^RenameUDisk$/],
  ["shut down host", /^StopUHostInstance$/],
  ["create virtual machine", /^CreateUHostInstance$/],
  ["slow log", /Slow[Ll]og$/],
  ["snapshots", /Snapshot$/],
  ["list projects", /^GetProjectList$/],
  ["upload certificate", /^CreateSSL$/],
  ["key pairs import", /^ImportKeyPairs$/],
  ["how to create a uhost", /^CreateUHostInstance$/],
  // Chinese words.
  ["备份", /Backup/],
  ["如何查看子网的列表", /^DescribeSubnet$/],
  ["创建云主机", /^CreateUHostInstance$/],
  ["云主机 列表", /^DescribeUHostInstance$/],
  ["云主机列表", /^DescribeUHostInstance$/],
  ["绑定弹性IP", /^BindEIP$/],
  ["解绑 弹性ip", /^UnBindEIP$/],
  ["重置密码", /^ResetUHostPassword$/],
  ["重启云主机", /^RebootUHostInstance$/],
  ["删除负载均衡", /^Delete(LoadBalancer|ULB)$/],
  ["redis 下载", /^Describe(UMem|URedis)BackupURL$/],
  ["redis 慢日志", /^DescribeURedisSlowlog$/],
  ["ssl 证书", /SSL/],
  ["云硬盘扩容", /^ResizeUDisk$/],
  ["创建快照", /^CreateUDiskSnapshot$/],
  ["数据库备份下载", /^GetUDBBackupURL$/],
  ["共享带宽", /^AllocateShareBandwidth$/],
  ["账户余额", /^GetBalance$/],
  ["自动续费", /^SetAutoRenew$/],
  ["项目列表", /^GetProjectList$/],
  ["地域", /Region/],
  ["修改数据库密码", /^ModifyUDBInstancePassword$/],
  // Typos.
  ["DescribeUHostInstnace", /^DescribeUHostInstance$/],
  ["creat uhsot", /^CreateUHostInstance$/],
  ["firewal rule", /Firewall$/],
  // Parameters, response fields, RetCodes and guides.
  ["UHostIds", /^(AttachKeyPair|DescribeUHostInstance|CreateUHostInstance)$/],
  ["BlockId", /^DescribeUMemBackupURL$/],
  ["MachineType", /^(CreateUHostInstance|CheckUHostCapacity|DescribeMachineTypes)$/],
  ["AmountAvailable", /^GetBalance$/],
  ["RetCode 171", /^171 SignatureMismatch$/],
  ["SignatureMis", /^171 SignatureMismatch$/],
  ["20208", /^20208 BackupLimit$/],
  ["paging", /^Paging$/],
  ["签名", /^Signing a request$/],
  ["限流", /^Rate limit$/],
];

test.each(queries)("%s finds a wanted result among the first five", (query, wanted) => {
  expect(firstFive(query).join("\n")).toMatch(new RegExp(wanted.source, "m"));
});

test("every prefix of a name finds it, from the letter on that tells it from most others", () => {
  for (const name of ["DescribeUMemBackupURL", "GetProjectList", "ResetUHostPassword"])
    for (let length = name.length - 6; length <= name.length; length += 1)
      expect(firstFive(name.slice(0, length).toLowerCase())).toContain(name);
});

test("any single typo in a long name still finds it among the first five", () => {
  const names = searchVendor
    .flatMap(({ actions }) => actions)
    .filter(({ name, deprecated }) => name.length >= 12 && !deprecated)
    .map(({ name }) => name);
  const typo = fc.record({
    name: fc.constantFrom(...names),
    kind: fc.constantFrom("wrong", "missing", "superfluous", "swapped"),
    at: fc.nat(100),
    letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
  });
  fc.assert(
    fc.property(typo, ({ name, kind, at, letter }) => {
      const position = at % (name.length - 1);
      const [before, after] = [name.slice(0, position), name.slice(position)];
      const typed = {
        wrong: before + letter + after.slice(1),
        missing: before + after.slice(1),
        superfluous: before + letter + after,
        swapped: before + after.charAt(1) + after.charAt(0) + after.slice(2),
      }[kind as "wrong"];
      expect(firstFive(typed)).toContain(name);
    }),
    { numRuns: 300 },
  );
});

test("a deprecated action comes after the one that replaces it, and says so", () => {
  const results = search("uhost list").map(({ entry }) => entry);
  const [current, old] = ["DescribeUHostInstance", "GetUHostInstanceList"].map((name) =>
    results.findIndex((entry) => entry.name === name),
  );
  expect(current).toBeLessThan(old as number);
  expect(results[old as number]?.isDeprecated).toBe(true);
});

test("results link to pages, to the field that matches, and to sections", () => {
  const links = ["BlockId", "AmountAvailable", "171", "限流"].map((query) => {
    const [first] = search(query);
    return [first?.entry.href, first?.field?.kind, first?.field?.name];
  });
  expect(links).toEqual([
    ["umem/DescribeUMemBackupURL.html", "parameter", "BlockId"],
    ["ubill/GetBalance.html", "field", "AmountAvailable"],
    ["errors.html#171", undefined, undefined],
    ["errors.html#153", undefined, undefined],
  ]);
});

test("nothing matches nonsense, and an empty query lists the guides", () => {
  expect(search("qqxyzzyqq")).toEqual([]);
  expect(new Set(search("  ").map(({ entry }) => entry.kind))).toEqual(new Set(["guide"]));
});

test("the action Index gets the page that does not collide with the product's", () => {
  const action = {
    name: "Index",
    summary: "",
    retrySafe: true,
    deprecated: false,
    required: [],
    parameters: [],
    fields: [],
  };
  const [first] = searchOf([{ name: "shop", title: "Shop", actions: [action], retCodes: [] }])("index");
  expect(first?.entry.href).toBe("shop/Index-action.html");
});

test("hostile strings stay text, and do not move other rows", () => {
  const hostile = '</script><script>alert(1)//\u2028"`alert(1)`*/\n{{x}}';
  const action = {
    name: "Get",
    summary: hostile,
    retrySafe: true,
    deprecated: false,
    required: [],
    parameters: [hostile],
    fields: ["__proto__"],
  };
  const products = [
    {
      name: "shop",
      title: hostile,
      actions: [action, { ...action, name: "Next", summary: "after" }],
      retCodes: [
        {
          code: 1,
          name: "A",
          meaning: hostile,
          remedy: "",
          causes: [],
          actions: [],
          retry: "never" as const,
        },
      ],
    },
  ];
  const script = searchTable(searchBrand, products);
  expect(script).not.toMatch(/<\/|\u2028/);
  const found = searchOf(products);
  expect(found("next")[0]?.entry).toMatchObject({ name: "Next", summary: "after", product: hostile });
  expect(found("alert")[0]?.entry.summary).toContain("</script><script>alert(1)//");
  expect(() => found("__proto__ constructor hasOwnProperty \\ ( [ * \u0000 \ud800")).not.toThrow();
});

test("highlighted parts are the words that start where a word starts, and add up to the text", () => {
  const parts = highlight("DescribeUMemBackupURL", ["backup", "url"]);
  expect(parts.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(["BackupURL"]);
  expect(highlight("Get the target", ["get"])[0]).toEqual({ text: "Get", isMatch: true });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 1 }), (text, word) => {
      expect(
        highlight(text, [word])
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("the table of 1,650 actions keeps names of response fields within a budget, IDs and links first", () => {
  const actions = Array.from({ length: 1650 }, (_, at) => ({
    name: `Describe${at}`,
    summary: "",
    retrySafe: true,
    deprecated: false,
    required: [],
    parameters: ["Region"],
    fields: [`SomePlainField${at}`, `Thing${at}Id`, "TotalCount", "Region"],
  }));
  const script = searchTable(searchBrand, [{ name: "shop", title: "Shop", actions, retCodes: [] }]);
  expect(script).toContain("Thing1200Id");
  expect(script).not.toContain("SomePlainField1200");
  expect(script.match(/TotalCount/g)?.length ?? 0).toBeLessThan(4);
  expect(script.match(/"Region"/g)).toHaveLength(40);
});
