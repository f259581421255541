/** The square that is drawn under the pointer while files are dragged out, in px. */
export const dragPicturePx = 96;
