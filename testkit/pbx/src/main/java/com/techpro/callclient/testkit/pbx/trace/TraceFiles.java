// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of one test or call. What an earlier run wrote is replaced. */
public final class TraceFiles {
    public static final String LADDER = "ladder.html";
    public static final String CAPTURE = "messages.pcapng";
    private static final String RAW_CAPTURE = "messages-raw.pcapng";

    private TraceFiles() {}

    /**
     * Writes {@link #LADDER} and {@link #CAPTURE}, both without secrets. Makes the directory if need be.
     *
     * @param title what it is a trace of
     * @param note what the reader must know, such as that its beginning is missing; may be empty
     */
    public static void write(
            Path directory, String title, String note, List<TracedMessage> messages, List<StateMark> marks)
            throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve(RAW_CAPTURE));
        Files.writeString(directory.resolve(LADDER), Ladder.html(title, note, messages, marks));
        Files.write(directory.resolve(CAPTURE), PcapngCapture.redacted(messages));
    }

    /** For a lab: {@code messages-raw.pcapng} with every secret that the messages had. */
    public static void writeRaw(Path directory, List<TracedMessage> messages) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(RAW_CAPTURE), PcapngCapture.raw(messages));
    }
}
