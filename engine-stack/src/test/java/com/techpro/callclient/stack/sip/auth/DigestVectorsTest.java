// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Published examples of the arithmetic. */
class DigestVectorsTest {
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static String answer(String challenge, String user, String password, String cnonce, String uri) {
        DigestChallenge parsed = DigestChallenge.parse(challenge);
        assertThat(parsed).isNotNull();
        String sessionNonces = parsed.session() ? parsed.nonce() + ":" + cnonce : "";
        return DigestAuthorization.encode(
                parsed, user, Secret.of(password), false, cnonce, 1, "GET", uri, new byte[0], sessionNonces);
    }

    @Test
    void rfc7616_section_3_9_1_md5() {
        String header = answer(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5,"
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
                "Mufasa",
                "Circle of Life",
                CNONCE,
                "/dir/index.html");

        assertThat(header)
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("username=\"Mufasa\"")
                .contains("algorithm=MD5")
                .contains("nc=00000001")
                .contains("qop=auth")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void rfc7616_section_3_9_1_sha256() {
        String header = answer(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256,"
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
                "Mufasa",
                "Circle of Life",
                CNONCE,
                "/dir/index.html");

        assertThat(header).contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    /** With the values of erratum 4897: those in the RFC are of a truncated SHA-512. */
    @Test
    void rfc7616_section_3_9_2_sha512_256_with_userhash() {
        String header = answer(
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
                "J\u00e4s\u00f8n Doe",
                "Secret, or not?",
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                "/doe.json");

        assertThat(header)
                .contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"")
                .contains("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\"")
                .contains("userhash=true");
    }

    @Test
    void rfc2617_section_3_5() {
        String header = answer(
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                "Mufasa",
                "Circle Of Life",
                "0a4f113b",
                "/dir/index.html");

        assertThat(header)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .doesNotContain("algorithm");
    }

    @Test
    void rfc2069_without_qop_as_corrected_by_its_erratum() {
        String header = answer(
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                "Mufasa",
                "CircleOfLife",
                "unused",
                "/dir/index.html");

        assertThat(header)
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("qop")
                .doesNotContain("cnonce");
    }

    /** Computed with the definition of RFC 7616 §3.4.2, step by step, by another program. */
    @Test
    void session_keys_and_body_integrity() throws Exception {
        String challenge = "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256-sess, qop=\"auth-int\"";
        DigestChallenge parsed = DigestChallenge.parse(challenge);
        byte[] body = "v=0\r\n".getBytes(StandardCharsets.UTF_8);

        String header = DigestAuthorization.encode(
                parsed, "u", Secret.of("p"), false, "c", 2, "INVITE", "sip:a@b", body, "n:c");

        String a1 = sha256(sha256("u:r:p") + ":n:c");
        String a2 = sha256("INVITE:sip:a@b:" + sha256("v=0\r\n"));
        assertThat(header).contains("response=\"" + sha256(a1 + ":n:00000002:c:auth-int:" + a2) + "\"");
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return java.util.HexFormat.of().formatHex(hash);
    }
}
