// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The recorded sound of a message, as it arrives.
 *
 * @param contentType what the mailbox says it is, such as {@code audio/x-wav}; it may be wrong, the bytes decide
 * @param length in bytes, or -1 if not known
 * @param bytes read on a worker; ends early or throws where the connection is lost
 */
public record VoicemailAudio(String contentType, long length, InputStream bytes) implements Closeable {
    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
