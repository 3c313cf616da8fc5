// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The encoding names of an account's codecs (RFC 3551 §6): returned in lower case, accepted in any
 * case.
 */
final class CodecNames {
    /** The engine's codecs, in the order in which it offers them. */
    static final List<String> ALL = List.of("opus", "g722", "pcma", "pcmu");

    private CodecNames() {}

    /**
     * @throws IllegalArgumentException if a codec does not exist; the message lists those that do
     */
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
