// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.util.ArrayList;
import java.util.List;

/** What stands between runs of spaces. */
final class Words {
    private Words() {}

    /**
     * The words of a trimmed text; of an empty one an empty word.
     *
     * @param most what is left of the text is the last of so many
     */
    static List<String> of(String text, int most) {
        String trimmed = text.trim();
        List<String> words = new ArrayList<>(8);
        int start = 0;
        int space = trimmed.indexOf(' ');
        while (space >= 0 && words.size() < most - 1) {
            words.add(trimmed.substring(start, space));
            start = space + 1;
            while (trimmed.charAt(start) == ' ') {
                start++;
            }
            space = trimmed.indexOf(' ', start);
        }
        words.add(trimmed.substring(start));
        return words;
    }
}
