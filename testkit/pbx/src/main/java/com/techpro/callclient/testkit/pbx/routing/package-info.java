// SPDX-License-Identifier: Apache-2.0
/** Routes requests to the registrar, a call, a room, voicemail or a subscription. */
@NullMarked
package com.techpro.callclient.testkit.pbx.routing;

import org.jspecify.annotations.NullMarked;
