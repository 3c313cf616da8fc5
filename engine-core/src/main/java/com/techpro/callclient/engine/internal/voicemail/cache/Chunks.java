// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import java.io.IOException;

/** Pieces of bytes in the order they were added; all have one length, but for the last. One thread adds, any may read. */
interface Chunks {
    void add(byte[] chunk) throws IOException;

    /** @param length that the piece was added with */
    byte[] get(int index, int length) throws IOException;

    /** Afterwards nothing is left of them, and reading fails. Once is enough. */
    void erase();
}
