// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file in which Linux reports figures, read many times a second without garbage. Each line is
 * words between spaces. Not thread-safe.
 */
final class KernelFile {
    private static final int USUAL_LENGTH = 4096;

    private final String path;
    private byte[] content = new byte[USUAL_LENGTH];
    private int length;

    KernelFile(Path path) {
        this.path = path.toString();
    }

    /** Reads it anew. If that fails, it is empty. */
    void read() {
        length = 0;
        try (FileInputStream in = new FileInputStream(path)) {
            int read = in.read(content, 0, content.length);
            while (read > 0) {
                length += read;
                if (length == content.length) {
                    content = Arrays.copyOf(content, 2 * length);
                }
                read = in.read(content, length, content.length - length);
            }
        } catch (IOException e) {
            length = 0;
        }
    }

    /** Returns where the line after one begins; the end of the file if there is none. */
    int lineAfter(int line) {
        int at = line;
        while (at < length && content[at] != '\n') {
            at++;
        }
        return Math.min(length, at + 1);
    }

    boolean isEnd(int line) {
        return line >= length;
    }

    /** Returns a word of a line, the first is 0; empty if there is none. */
    String word(int line, int index) {
        int at = begin(line, index);
        return new String(content, at, end(at) - at, StandardCharsets.US_ASCII);
    }

    /** Returns a word of a line that is a number; -1 if it is none. */
    long figure(int line, int index) {
        int at = begin(line, index);
        int end = end(at);
        long figure = at == end ? -1 : 0;
        for (; at < end; at++) {
            int digit = content[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            figure = 10 * figure + digit;
        }
        return figure;
    }

    private int begin(int line, int index) {
        int at = line;
        for (int i = 0; i < index; i++) {
            at = end(at);
            while (at < length && content[at] == ' ') {
                at++;
            }
        }
        return at;
    }

    private int end(int from) {
        int at = from;
        while (at < length && content[at] != ' ' && content[at] != '\n') {
            at++;
        }
        return at;
    }
}
