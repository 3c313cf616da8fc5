// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.Nullable;

/**
 * A line of a list.
 *
 * @param id names it within its list
 * @param number to call; empty where nobody can be called
 * @param detail under the name
 * @param right at the end of the line, such as a time
 * @param lamp what the person does, or null where nobody watches
 */
public record Row(
        String id,
        String number,
        String name,
        String detail,
        String right,
        @Nullable Lamp lamp,
        Mark mark) {
    /** What the line is about. */
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

    /** As a screen reader says it. */
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
