// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The codecs, keys and media path of one user's account.
 *
 * @param codecs the best first; others are not used
 */
public record MediaChoice(List<String> codecs, KeyingPolicy keying, Path path) {
    /** The codecs that every phone system and its services support. */
    public static final List<String> G711 = List.of("pcma", "pcmu");

    /** G.711 with SDES keys, and ICE if it is offered. */
    public static final MediaChoice PLAIN = new MediaChoice(G711, KeyingPolicy.PREFER_SDES, Path.ICE_WHEN_OFFERED);

    public MediaChoice {
        codecs = List.copyOf(codecs);
    }

    /** The media path. */
    public enum Path {
        WITHOUT_ICE("without ICE", IceSettings.Use.NEVER),
        ICE_WHEN_OFFERED("ICE when offered", IceSettings.Use.WHEN_OFFERED),
        ICE("ICE offered", IceSettings.Use.OFFERED),
        /** By ICE too, with relayed candidates of a TURN server only. */
        RELAYED("relayed by TURN", IceSettings.Use.OFFERED);

        private final String title;
        private final IceSettings.Use use;

        Path(String title, IceSettings.Use use) {
            this.title = title;
            this.use = use;
        }

        /** Returns the name in reports. */
        public String title() {
            return title;
        }

        static Path of(IceSettings.Use use) {
            return switch (use) {
                case NEVER -> WITHOUT_ICE;
                case WHEN_OFFERED -> ICE_WHEN_OFFERED;
                case OFFERED -> ICE;
            };
        }
    }

    /**
     * Returns the account with these settings.
     *
     * @param servers STUN servers for its own address, or TURN servers
     */
    public SipAccount applyTo(SipAccount account, List<IceServer> servers) {
        Set<String> permitted = new LinkedHashSet<>(codecs);
        IceSettings ice = IceSettings.DEFAULT.withUse(path.use).withServers(servers);
        return account.toBuilder()
                .codecs(permitted)
                .codecPreference(codecs)
                .keyingPolicy(keying)
                .ice(path == Path.RELAYED ? ice.withCandidates(IceSettings.Candidates.RELAYED_ONLY) : ice)
                .build();
    }

    /**
     * Whether both prefer the same codec, so that nothing is transcoded and no other one is agreed.
     */
    public boolean prefersAs(MediaChoice other) {
        boolean telephone = G711.contains(codecs.get(0));
        return telephone ? G711.contains(other.codecs.get(0)) : codecs.get(0).equals(other.codecs.get(0));
    }
}
