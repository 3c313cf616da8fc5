// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The audio of a message of a {@link FakeVoicemailBox}. The mailbox may stop the bytes for a while,
 * or for good.
 */
final class FakeVoicemailAudio extends InputStream {
    private final FakeVoicemailBox.Mailbox mailbox;
    private final byte[] bytes;
    private final Consumer<FakeVoicemailAudio> closed;
    private int at;
    private volatile boolean shut;

    FakeVoicemailAudio(FakeVoicemailBox.Mailbox mailbox, byte[] bytes, Consumer<FakeVoicemailAudio> closed) {
        this.mailbox = mailbox;
        this.bytes = bytes;
        this.closed = closed;
    }

    int length() {
        return bytes.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        synchronized (mailbox) {
            while (!shut && mailbox.heldAfter() >= 0 && at >= mailbox.heldAfter() && at < bytes.length) {
                awaitMore();
            }
            if (shut) {
                throw new IOException("this stream was closed");
            }
            int end = mailbox.heldAfter() < 0 ? bytes.length : Math.min(bytes.length, mailbox.heldAfter());
            if (mailbox.brokenAfter() >= 0) {
                end = Math.min(end, mailbox.brokenAfter());
                if (at >= mailbox.brokenAfter()) {
                    throw new IOException("the connection broke");
                }
            }
            if (at >= bytes.length) {
                return -1;
            }
            int count = Math.min(length, end - at);
            System.arraycopy(bytes, at, to, offset, count);
            at += count;
            return count;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void awaitMore() throws IOException {
        try {
            mailbox.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        closed.accept(this);
        synchronized (mailbox) {
            shut = true;
            mailbox.notifyAll();
        }
    }
}
