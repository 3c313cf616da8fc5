// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.helpers.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a server sends is an account with a policy, or a refusal: no other exception, and no half of a policy. */
class ProvisioningFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_bytes(byte[] document) {
        Subject.lpconfig(document);
        Subject.acrobits(document);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_policy(byte[] entry) {
        Subject.policy(new String(entry, StandardCharsets.UTF_8));
    }

    @Test
    void damaged_documents() {
        Corpus.damage(
                Subject.SEEDS.stream()
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                10_000,
                20260101,
                "<>&;\"'/=! 0:@sip,\u0000",
                document -> Subject.lpconfig(document) || Subject.acrobits(document));
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        static final List<String> SEEDS = List.of("""
            <?xml version="1.0" encoding="UTF-8"?>
            <config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
              <section name="sip"><entry name="default_proxy" overwrite="true">0</entry></section>
              <section name="proxy_0">
                <entry name="reg_identity">"A" &lt;sip:1001@pbx.test&gt;</entry>
                <entry name="reg_proxy">&lt;sip:pbx.test:5061;transport=tls&gt;</entry>
                <entry name="reg_expires">600</entry>
              </section>
              <section name="auth_info_0">
                <entry name="username">1001</entry><entry name="passwd">secret</entry>
              </section>
              <section name="callclient-policy">
                <entry name="off">export</entry><entry name="history_days">30</entry>
              </section>
            </config>
            """, """
            <account><username>1001</username><password>secret</password><host>pbx.test:5061</host>
            <expires>600</expires><callclient-policy><codecs>opus pcma</codecs></callclient-policy></account>
            """);

        static boolean lpconfig(byte[] document) {
            try {
                LpConfigAccount account = new LpConfigAccount(LpConfig.parse(document));
                account.sipAccount(TlsTrust.PLATFORM);
                account.profile();
                account.voicemail();
                account.policy();
                return true;
            } catch (LoginRefusedException refused) {
                return false;
            }
        }

        static boolean acrobits(byte[] document) {
            try {
                AcrobitsAccount account = new AcrobitsAccount(document);
                account.sipAccount(TlsTrust.PLATFORM);
                account.profile();
                account.policy();
                return true;
            } catch (LoginRefusedException refused) {
                return false;
            }
        }

        static void policy(String entry) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? entry : entry.substring(0, equals);
            try {
                PolicyDocument.parse(Map.of(name, entry.substring(equals + 1)));
            } catch (LoginRefusedException refused) {
                assertThat(refused.reason()).isEqualTo(Reason.POLICY);
            }
        }
    }
}
