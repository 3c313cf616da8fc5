// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.privacy.HeapOfEachLogin.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises S6 and O2, in memory: once the user has logged out, nobody who takes the process apart finds who it was. */
@Tag("slow")
class HeapAfterLogOutTest {
    private static final long SEED = 20_260;

    @Test
    void S6_nothing_marked_is_in_the_heap_after_log_out(@TempDir Path directory) throws IOException {
        assertThat(found(directory)).isEmpty();
    }

    @Test
    void S6_a_kept_secret_is_found_in_the_heap(@TempDir Path directory) throws IOException {
        assertThat(found(directory, "keep")).contains("user's password");
    }

    /** The marks that reachable objects hold. */
    private static Set<String> found(Path directory, String... more) throws IOException {
        Path dump = directory.resolve("after.hprof");
        List<String> arguments = new ArrayList<>(List.of(Long.toString(SEED), dump.toString()));
        arguments.addAll(List.of(more));
        String output = ChildJvm.of(HeapAfterLogOut.class)
                .arguments(arguments.toArray(String[]::new))
                .runIn(directory);
        assertThat(output).contains("outgoing call: ESTABLISHED");
        HeapDump search = new HeapDump();
        new Canaries(Seeds.random(SEED)).all().forEach(canary -> search.lookFor("user's", canary));
        return search.search(dump);
    }

    /** Whoever is asked by the other JVM is in this one, and is not searched. */
    @Test
    void S6_no_login_leaves_data_in_the_heap_even_if_the_host_keeps_client_and_calls(@TempDir Path directory)
            throws IOException {
        Path kept = directory.resolve("kept.hprof");
        Path shutDown = directory.resolve("shut-down.hprof");
        Path certificates = directory.resolve("trusted.pem");
        String output;
        try (LoginKindServers servers = new LoginKindServers(SEED)) {
            Files.writeString(certificates, servers.certificates());
            List<String> arguments =
                    new ArrayList<>(List.of(Long.toString(SEED), kept.toString(), shutDown.toString()));
            arguments.addAll(servers.arguments());
            arguments.add(certificates.toString());
            output = ChildJvm.of(HeapOfEachLogin.class)
                    .options(List.of("-Xmx96m", "-XX:+UseSerialGC"))
                    .arguments(arguments.toArray(String[]::new))
                    .runIn(directory);
        }
        for (Kind kind : Kind.values()) {
            assertThat(output).contains(kind + (kind.isAtThePbx() ? " called, encrypted true" : " logged in"));
        }
        HeapDump secrets = new HeapDump();
        HeapDump all = new HeapDump();
        for (Kind kind : Kind.values()) {
            Canaries canaries = kind.canaries(SEED);
            secrets.lookFor(kind.name(), LoginKindServers.documentMark(kind));
            all.lookFor(kind.name(), LoginKindServers.documentMark(kind));
            canaries.secrets().forEach(canary -> secrets.lookFor(kind.name(), canary));
            canaries.all().forEach(canary -> all.lookFor(kind.name(), canary));
        }
        List<byte[]> keys = keys(output);
        assertThat(keys).as("both sides' keys of each call").hasSizeGreaterThanOrEqualTo(8);
        for (byte[] key : keys) {
            secrets.lookForKey("key " + keys.indexOf(key), key);
            all.lookForKey("key " + keys.indexOf(key), key);
        }
        assertThat(secrets.search(kept))
                .as("while the host keeps client and calls")
                .isEmpty();
        assertThat(all.search(shutDown)).as("after shutdown").isEmpty();
    }

    /** Master keys without their salt: the two are used apart. */
    private static List<byte[]> keys(String output) {
        List<byte[]> keys = new ArrayList<>();
        for (String line :
                output.lines().filter(line -> line.startsWith("key ")).toList()) {
            byte[] key = Arrays.copyOf(HexFormat.of().parseHex(line.substring("key ".length())), 16);
            for (int i = 0; i < key.length; i++) {
                key[i] ^= HeapOfEachLogin.VEIL;
            }
            keys.add(key);
        }
        return keys;
    }
}
