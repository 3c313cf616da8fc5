// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.util.Collection;
import java.util.TreeSet;

/** Messages in a command's syntax (RFC 3501 §9, {@code sequence-set}). Neighbours form a range. */
final class UidSet {
    private UidSet() {}

    static String of(Collection<Long> uids) {
        StringBuilder text = new StringBuilder();
        long first = -1;
        long last = -1;
        for (long uid : new TreeSet<>(uids)) {
            if (uid != last + 1 || first < 0) {
                range(text, first, last);
                first = uid;
            }
            last = uid;
        }
        range(text, first, last);
        return text.toString();
    }

    private static void range(StringBuilder text, long first, long last) {
        if (first < 0) {
            return;
        }
        if (text.length() > 0) {
            text.append(',');
        }
        text.append(first);
        if (last > first) {
            text.append(':').append(last);
        }
    }
}
