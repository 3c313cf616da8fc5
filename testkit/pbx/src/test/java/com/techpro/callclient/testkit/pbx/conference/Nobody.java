// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

/** Whose seat is only to be measured. */
final class Nobody implements RoomMix.Occupant {
    @Override
    public void seated() {}

    @Override
    public void source(int ssrc) {}

    @Override
    public void key(char key) {}
}
