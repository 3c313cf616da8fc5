// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The audio of a message, readable while it arrives.
 *
 * @param contentType the type that the mailbox gives, such as {@code audio/x-wav}. It may be wrong;
 *     the bytes decide
 * @param length in bytes, or -1 if not known
 * @param bytes the audio, read on a worker; if the connection is lost, the stream ends early or
 *     throws
 */
public record VoicemailAudio(String contentType, long length, InputStream bytes) implements Closeable {
    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
