// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise S3: a process that is killed while it plays a message leaves nothing that can be read, and after a restart nothing at all. */
@Tag("slow")
class KilledDuringPlaybackTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    @Test
    void S3_nothing_readable_is_left_and_after_a_restart_nothing(@TempDir Path directory) throws Exception {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path output = directory.resolve("output.txt");
        List<byte[]> kept;
        // Where processes are killed, its end is kill -9.
        try (ChildJvm child = ChildJvm.of(PlayingForever.class)
                .arguments(cache.toString())
                .directory(directory)
                .output(output)
                .start()) {
            Await.until(() -> !child.isAlive() || text(output).contains(PlayingForever.PLAYING), LONG);
            assertThat(child.isAlive()).as(text(output)).isTrue();
            kept = cached(child.pid(), cache);
        }

        byte[] plain = bytes(PlayingForever.message());
        for (Path file : files(directory)) {
            assertThat(holds(Files.readAllBytes(file), plain))
                    .as(file.toString())
                    .isFalse();
        }
        try (CallClient again = CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.voicemailCache(cache))
                .build())) {
            Await.until(() -> files(cache).isEmpty(), LONG);
            assertThat(again.accounts()).isEmpty();
        }
        Precondition.require(Files.isDirectory(Path.of("/proc/self/fd")), "view of the files that a process has open");
        assertThat(kept).as("caches of the child").hasSize(1);
        assertThat(kept.get(0).length).isGreaterThan(plain.length);
        assertThat(holds(kept.get(0), plain))
                .as("the cache while it was played")
                .isFalse();
        assertThat(holds(plain, plain)).as("this test can find it").isTrue();
    }

    /** What the process has in files of the cache, with a name or without. */
    private static List<byte[]> cached(long pid, Path cache) throws IOException {
        List<byte[]> kept = new ArrayList<>();
        Path open = Path.of("/proc/" + pid + "/fd");
        if (Files.isDirectory(open)) {
            try (Stream<Path> descriptors = Files.list(open)) {
                for (Path descriptor : descriptors.toList()) {
                    if (Files.readSymbolicLink(descriptor).toString().startsWith(cache.toString())) {
                        kept.add(Files.readAllBytes(descriptor));
                    }
                }
            }
        }
        return kept;
    }

    /** Whether four samples of the message that stand together in it, from any place divisible by four, are there in either order of bytes. */
    private static boolean holds(byte[] where, byte[] plain) {
        Set<Long> pieces = new HashSet<>();
        ByteBuffer message = ByteBuffer.wrap(plain);
        for (int at = 0; at + 8 <= plain.length; at += 8) {
            pieces.add(message.getLong(at));
            byte[] swapped = Arrays.copyOfRange(plain, at, at + 8);
            for (int i = 0; i < 8; i += 2) {
                byte first = swapped[i];
                swapped[i] = swapped[i + 1];
                swapped[i + 1] = first;
            }
            pieces.add(ByteBuffer.wrap(swapped).getLong());
        }
        ByteBuffer searched = ByteBuffer.wrap(where);
        for (int at = 0; at + 8 <= where.length; at++) {
            if (pieces.contains(searched.getLong(at))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
