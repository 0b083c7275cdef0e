import { goString } from "../../../../scripts/emit/escape.js";
import { type SampleWriter, wireParameters } from "./sample.js";

/** A Go program that makes a call with the standard library. It sends a form, which keeps keys out of URLs and errors. */
export const goSample: SampleWriter = (data, { baseUrl, environmentPrefix: prefix }, parameters) => {
  const { result } = data.client;
  const pairs = [...wireParameters(data, parameters)];
  const print =
    result === "" ? 'fmt.Printf("%s\\n", response)' : `fmt.Printf("%s\\n", response[${goString(result)}])`;
  return `package main

import (
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strings"
)

func main() {
	baseURL := os.Getenv("${prefix}_BASE_URL")
	if baseURL == "" {
		baseURL = ${goString(baseUrl)}
	}
	params := url.Values{}
${pairs.map(([name, value]) => `\tparams.Set(${goString(name)}, ${goString(value)})\n`).join("")}	params.Set("PublicKey", os.Getenv("${prefix}_PUBLIC_KEY"))
	params.Set("Signature", sign(params, os.Getenv("${prefix}_PRIVATE_KEY")))

	resp, err := http.PostForm(baseURL, params)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var response map[string]json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&response); err != nil {
		log.Fatal(err)
	}
	if strings.Trim(string(response["RetCode"]), "\\"") != "0" {
		log.Fatalf("RetCode %s: %s", response["RetCode"], response["Message"])
	}
	${print}
}

// sign returns the SHA-1 of all parameters, sorted by name, and the private key.
func sign(params url.Values, privateKey string) string {
	var names []string
	for name := range params {
		names = append(names, name)
	}
	sort.Strings(names)
	text := ""
	for _, name := range names {
		text += name + params.Get(name)
	}
	return fmt.Sprintf("%x", sha1.Sum([]byte(text+privateKey)))
}
`;
};
