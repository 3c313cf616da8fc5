// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rates and frame lengths come from the codec and the device; elsewhere in the media their numbers have no place. */
class FixedRatesTest {
    /** Sample rates, and how many samples or octets 10, 20 and 30 ms have in them; and 20 itself. */
    private static final Pattern NUMBER = Pattern.compile(
            "\\b(8_?000|16_?000|24_?000|44_?100|48_?000|80|160|240|320|480|441|882|960|20|20_000_000)[fFlLdD]?\\b");
    /** A length of time says which unit it has, and so depends on no rate. */
    private static final Pattern TIME = Pattern.compile("[A-Z]_(MILLIS|NANOS) = ");

    private static final Pattern COMMENT = Pattern.compile("^\\s*(/\\*\\*|\\*|//)");
    /** The codecs themselves, the length of packets if nobody says otherwise, offsets into RTCP, and the rates of devices. */
    private static final Set<String> PERMITTED = Set.of(
            "codec/G711.java",
            "codec/G722.java",
            "codec/Opus.java",
            "codec/OpusParameters.java",
            "codec/OpusPacket.java",
            "codec/ConcentusEncoder.java",
            "codec/ConcentusDecoder.java",
            "codec/Codec.java",
            "codec/ComfortNoise.java",
            "rtp/RtcpPacket.java",
            "sound/EchoWatch.java",
            "sound/VoiceProcessor.java",
            "rtp/xr/XrPacket.java");

    private static final Set<String> WITHOUT_SOUND = Set.of("srtp");

    @Test
    void no_rate_and_no_frame_length_is_written_down_outside_the_codecs() throws IOException {
        List<String> found = new ArrayList<>();
        Path root = sources();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!PERMITTED.contains(name) && !WITHOUT_SOUND.contains(name.replaceAll("/.*", ""))) {
                    search(name, Files.readAllLines(file), found);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static void search(String name, List<String> lines, List<String> found) {
        for (String line : lines) {
            if (!COMMENT.matcher(line).find()
                    && !TIME.matcher(line).find()
                    && NUMBER.matcher(line).find()) {
                found.add(name + ": " + line.trim());
            }
        }
    }

    private static Path sources() {
        Path inModule = Path.of("src/main/java/com/techpro/callclient/stack/media");
        return Files.isDirectory(inModule) ? inModule : Path.of("engine-core").resolve(inModule);
    }
}
