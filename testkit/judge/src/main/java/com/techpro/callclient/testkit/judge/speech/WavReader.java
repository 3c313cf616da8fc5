// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads recordings. The judge compares samples and knows no file formats. {@code WavFile::read} of
 * {@code callclient-testkit-pbx} is such a reader.
 */
@FunctionalInterface
public interface WavReader {
    /**
     * Returns a recording as mono samples of a rate. It does not close the stream.
     *
     * @throws IOException if it is unreadable or unsupported; the message says which
     */
    short[] read(InputStream wav, int sampleRate) throws IOException;
}
