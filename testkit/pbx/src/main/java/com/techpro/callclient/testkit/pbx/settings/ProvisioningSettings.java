// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of a {@code ProvisioningBuilder}.
 *
 * @param passwords the users' login passwords by extension, different from those of the SIP
 *     accounts
 * @param names the users' names, where set
 * @param policy entries of the organisation's policy
 * @param attempts wrong ones in a row before a user is locked out
 */
public record ProvisioningSettings(
        int port,
        Map<String, Secret> passwords,
        Map<String, Name> names,
        boolean digest,
        boolean basic,
        boolean hashes,
        Map<String, String> policy,
        int attempts,
        Duration lockOut) {
    /** A user's name, as phone systems store it. */
    public record Name(String first, String last) {
        @Override
        public String toString() {
            return "Name[redacted]";
        }
    }

    @Override
    public String toString() {
        return "ProvisioningSettings[redacted]";
    }
}
