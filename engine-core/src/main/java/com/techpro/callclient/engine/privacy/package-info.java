// SPDX-License-Identifier: Apache-2.0
/** What a user may ask of the data that is held about them, and what of it is stored. */
@NullMarked
package com.techpro.callclient.engine.privacy;

import org.jspecify.annotations.NullMarked;
