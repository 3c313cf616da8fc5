// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.techpro.callclient.engine.internal.media.codec.Codecs;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy makes of an account: never more than the account was. */
public final class PolicyTightening {
    private PolicyTightening() {}

    /** @throws IllegalArgumentException if nothing is left that both permit */
    public static SipAccount of(SipAccount account, Policy policy) {
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
        common.retainAll(known());
        if (own != null) {
            common.retainAll(own);
        }
        return common;
    }

    private static Set<String> known() {
        Set<String> names = new HashSet<>();
        Codecs.ALL.forEach(codec -> names.add(codec.encodingName().toLowerCase(Locale.ROOT)));
        return names;
    }
}
