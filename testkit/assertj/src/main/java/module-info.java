// SPDX-License-Identifier: Apache-2.0
/**
 * AssertJ-style assertions on an embedded PBX. Start with {@link
 * com.techpro.callclient.testkit.assertj.PbxAssertions#assertThat}.
 */
module com.techpro.callclient.testkit.assertj {
    requires transitive com.techpro.callclient.testkit.pbx;
    requires transitive org.assertj.core;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.assertj;
}
