// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an account's codecs are called: encoding names (RFC 3551 §6), told in lower case and taken in any. */
final class CodecNames {
    /** Those of the engine's codecs, in the order in which it offers them. */
    private static final List<String> ALL = List.of("opus", "g722", "pcma", "pcmu");

    private CodecNames() {}

    /** @throws IllegalArgumentException if there is no such codec; the message names those that there are */
    static List<String> known(Collection<String> names) {
        List<String> known = lowerCase(names);
        for (String name : known) {
            if (!ALL.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no codec " + name + "; there are " + String.join(", ", ALL));
            }
        }
        return known;
    }

    static List<String> lowerCase(Collection<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toList());
    }
}
