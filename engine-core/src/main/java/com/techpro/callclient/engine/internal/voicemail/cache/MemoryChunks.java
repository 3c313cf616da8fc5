// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In memory. */
final class MemoryChunks implements Chunks {
    private final List<byte[]> chunks = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void add(byte[] chunk) {
        chunks.add(chunk);
    }

    @Override
    public byte[] get(int index, int length) throws IOException {
        try {
            return chunks.get(index);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("nothing is there", e);
        }
    }

    @Override
    public void erase() {
        chunks.clear();
    }
}
