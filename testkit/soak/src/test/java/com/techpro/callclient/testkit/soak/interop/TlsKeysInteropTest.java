// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.pbx.PbxMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of TLS, opened by Wireshark: the recipe of docs/testing.md, with the tools that it names. */
@Tag("interop")
class TlsKeysInteropTest {
    private static final String HOST = "127.0.7.4";

    @TempDir
    Path directory;

    @Test
    void the_keys_that_an_agent_tells_open_a_capture_of_calls_inside_TLS() throws IOException {
        Path users = Files.writeString(directory.resolve("users"), "1001 secret\n");
        Path authority = directory.resolve("ca.pem");
        Path keyLog = directory.resolve("tls-keys.log");
        try (Tshark tshark = new Tshark(directory, HOST);
                ChildJvm pbx = ChildJvm.of(PbxMain.class)
                        .options(List.of("-javaagent:" + agent() + "=" + keyLog))
                        .arguments("--address", HOST, "--users", users.toString(), "--ca", authority.toString())
                        .start()) {
            awaitServing(pbx);
            call(authority);
            tshark.stop();

            assertThat(tshark.frames("tls.app_data")).isNotEmpty();
            assertThat(tshark.frames("sip")).isEmpty();
            tshark.decrypt(keyLog);
            assertThat(tshark.fields("sip.Method", "sip.Method")).contains("REGISTER", "INVITE", "ACK", "BYE");
            assertThat(tshark.fields("sdp.media", "sdp.media")).isNotEmpty();
        }
    }

    /** The agent says something first. */
    private static void awaitServing(ChildJvm pbx) throws IOException {
        String line = pbx.line();
        while (line != null && !line.startsWith("serving")) {
            line = pbx.line();
        }
        assertThat(line).isNotNull();
    }

    private static void call(Path authority) {
        SipAccount.Builder account = SipAccount.builder("1001", "pbx.test", Secret.of("secret"))
                .outboundProxies(List.of(new HostPort(HOST, 5061)))
                .tlsTrust(PemAuthority.anchoredAt(authority));
        try (EnginePhone phone = new EnginePhone(account, null).awaitRegistered()) {
            Call call = phone.account().dial("600");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            phone.awaitNoCalls();
        }
    }

    private static String agent() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("extract-tls-secrets"))
                .findFirst()
                .orElseThrow();
    }
}
