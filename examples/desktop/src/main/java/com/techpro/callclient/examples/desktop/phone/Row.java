// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.Nullable;

/**
 * A line of a list.
 *
 * @param id identifies it within its list
 * @param number to call; empty if there is none
 * @param detail under the name
 * @param right at the end of the line, such as a time
 * @param lamp the person's state, or null if it is not watched
 */
public record Row(
        String id,
        String number,
        String name,
        String detail,
        String right,
        @Nullable Lamp lamp,
        Mark mark) {
    /** The kind of line. */
    public enum Mark {
        PERSON,
        RINGING,
        CALLED,
        CALLED_BY,
        MISSED,
        UNHEARD,
        HEARD,
        ROOM
    }

    /** In the picture of the person. */
    public String initials() {
        return mark == Mark.ROOM ? "#" : Words.initials(name);
    }

    /** As a screen reader reads it. */
    public String sentence() {
        StringBuilder all = new StringBuilder(name);
        if (mark == Mark.UNHEARD) {
            all.append(", not heard yet");
        }
        for (String part : new String[] {detail, right}) {
            if (!part.isEmpty()) {
                all.append(", ").append(part);
            }
        }
        return all.toString();
    }

    /** Prints without personal data. */
    @Override
    public String toString() {
        return "Row[" + mark + ", redacted]";
    }
}
