// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy makes of an account: never more than the account was. */
final class PolicyTightening {
    private PolicyTightening() {}

    /** @throws IllegalArgumentException if nothing is left that both permit */
    static SipAccount of(SipAccount account, Policy policy) {
        SecurityFloor floor = policy.floor();
        Set<String> codecs = policy.codecs();
        SipAccount.Builder tightened = account.toBuilder();
        if (floor != null) {
            tightened.securityFloor(account.securityFloor().tightenedBy(floor));
        }
        if (codecs != null) {
            tightened.codecs(common(codecs, account.codecs()));
        }
        return floor == null && codecs == null ? account : tightened.build();
    }

    private static Set<String> common(Set<String> codecs, @Nullable Set<String> own) {
        Set<String> common = new HashSet<>(codecs);
        // A policy may name codecs of other clients.
        common.retainAll(CodecNames.ALL);
        if (own != null) {
            common.retainAll(own);
        }
        return common;
    }
}
