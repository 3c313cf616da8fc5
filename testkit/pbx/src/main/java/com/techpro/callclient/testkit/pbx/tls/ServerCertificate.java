// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.tls;

/** What the PBX shows to TLS clients. */
public enum ServerCertificate {
    /** Names the PBX's domain, is valid now, and comes from the authority of {@code EmbeddedPbx#tlsTrust}. */
    VALID,
    /** Right in all but time. */
    EXPIRED,
    /** Right in all but the names in it. */
    WRONG_HOST,
    /** Right in all but its authority, which nobody trusts. */
    UNTRUSTED
}
