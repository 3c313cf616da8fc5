// SPDX-License-Identifier: Apache-2.0
/** Conference rooms and their participants. */
@NullMarked
package com.techpro.callclient.engine.conference;

import org.jspecify.annotations.NullMarked;
