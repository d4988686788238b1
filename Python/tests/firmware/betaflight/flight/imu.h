typedef struct { float m[3][3]; } matrix33_t;
extern matrix33_t rMat;
