// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the files of one test or call, and replaces those of an earlier run. */
public final class TraceFiles {
    public static final String LADDER = "ladder.html";
    public static final String CAPTURE = "messages.pcapng";
    private static final String RAW_CAPTURE = "messages-raw.pcapng";

    private TraceFiles() {}

    /**
     * Writes {@link #LADDER} and {@link #CAPTURE}, both without secrets. Creates the directory if
     * needed.
     *
     * @param title the title of the trace
     * @param note a note for the reader, such as that the beginning is missing; may be empty
     */
    public static void write(
            Path directory, String title, String note, List<TracedMessage> messages, List<StateMark> marks)
            throws IOException {
        write(directory, title, note, messages, marks, List.of());
    }

    /**
     * As above, with recorded media. Each direction of each leg becomes
     * {@code sound-<number>-<extension>-sent.wav} or {@code -heard.wav}, which the ladder plays.
     * The capture has the decrypted RTP. The newest twenty legs are decoded, of each the newest
     * minute, at 16 bits and 8 or 16 kHz. The digits of telephone events are removed.
     */
    public static void write(
            Path directory,
            String title,
            String note,
            List<TracedMessage> messages,
            List<StateMark> marks,
            List<MediaRecording> recordings)
            throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve(RAW_CAPTURE));
        deleteSounds(directory);
        List<RecordedLeg> legs = RecordedLeg.of(recordings);
        for (RecordedLeg leg : legs) {
            writeSound(directory.resolve(leg.file(true)), leg.sent());
            writeSound(directory.resolve(leg.file(false)), leg.heard());
        }
        Files.writeString(directory.resolve(LADDER), Ladder.html(title, note, messages, marks, legs));
        List<TappedRtp> packets =
                recordings.stream().flatMap(each -> each.packets().stream()).toList();
        Files.write(directory.resolve(CAPTURE), PcapngCapture.redacted(messages, packets));
    }

    private static void writeSound(Path file, RecordedSound sound) throws IOException {
        if (sound.samples().length > 0) {
            WavFile.write(file, sound.samples(), sound.rate());
        }
    }

    private static void deleteSounds(Path directory) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(directory, "sound-*.wav")) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
    }

    /** For a lab: writes {@code messages-raw.pcapng} with every secret of the messages. */
    public static void writeRaw(Path directory, List<TracedMessage> messages) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(RAW_CAPTURE), PcapngCapture.raw(messages));
    }
}
