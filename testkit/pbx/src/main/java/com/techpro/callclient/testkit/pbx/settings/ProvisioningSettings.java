// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * What a {@code ProvisioningBuilder} has collected.
 *
 * @param passwords who logs in for an extension: passwords of its user, which are not those of its SIP account
 * @param names of users, where one was given
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
    /** A user's name, as phone systems keep it. */
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
